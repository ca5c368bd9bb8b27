def generate(n, held_out=False): return []
def conllu(x): return ""
