"""What every process needs: settings, log, keys, the graph it works on."""
