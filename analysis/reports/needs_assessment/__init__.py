"""The needs assessment as a Word document that a registrar can edit."""
