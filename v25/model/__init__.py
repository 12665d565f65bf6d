"""The network: perception, fusion, dynamic attention, decision."""
