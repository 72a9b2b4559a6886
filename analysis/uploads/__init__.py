"""Tables read from a spreadsheet file somebody gives: opened safely, mapped, checked at once, and given back marked."""
