"""The coding rules, one per file; their order is `dyadflow.coder.code.RULES`."""
