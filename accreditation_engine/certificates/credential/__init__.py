"""The certificate as a Verifiable Credential: signed data that a program checks without the site."""
