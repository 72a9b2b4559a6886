"""Where figures come from: the catalogue, the contracts and the only readers of files."""
