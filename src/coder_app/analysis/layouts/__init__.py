"""Where things stand in the pictures of a co-occurrence: plain numbers, the same for the same table and seed."""
