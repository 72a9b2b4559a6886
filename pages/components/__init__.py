"""The parts pages share: scope, caching, maps and evidence."""
