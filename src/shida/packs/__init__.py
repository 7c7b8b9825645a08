"""Domain packs, as data: one folder a pack, no Python beside this line."""
