"""Groups of settings; :mod:`vomkg.config` puts them together."""
