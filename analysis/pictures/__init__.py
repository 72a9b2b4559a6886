"""Charts and maps as pictures for documents: PNG and SVG by matplotlib, with title, basis and sources on them."""
