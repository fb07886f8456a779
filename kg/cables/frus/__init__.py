"""Documents of Foreign Relations of the United States: telegrams, airgrams, memoranda of conversation."""
