"""Nobody in their own cause: what is declared, what the system knows, objections, and what two people allow."""
