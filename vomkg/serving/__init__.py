"""How the front end is run: servers, signals, metrics, access log, proxies."""
