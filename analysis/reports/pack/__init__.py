"""The pack for a meeting: one row of slides, set as a PowerPoint that can be edited and as a PDF."""
