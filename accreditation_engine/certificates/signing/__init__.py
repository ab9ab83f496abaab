"""The signature on a certificate's paper: making it, and judging one."""
