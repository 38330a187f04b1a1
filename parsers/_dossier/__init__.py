"""All that one applicant has sent: sorted, joined, counted. `_assemble` tells the whole way."""
