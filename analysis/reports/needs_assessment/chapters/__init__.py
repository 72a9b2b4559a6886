"""The chapters of the document: each turns a case into blocks, and works out nothing that a page does not."""
