"""What may happen to a receipt and to a disbursement; pure."""
