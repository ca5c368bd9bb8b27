"""From text to sentences, language, trees and fingerprints."""
