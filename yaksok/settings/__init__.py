"""Settings, logs and the checks that keep unsafe ones from booting."""
