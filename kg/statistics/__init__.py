"""What the graph holds, counted: VoID."""
