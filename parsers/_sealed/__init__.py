"""Digital signatures: of PDF (`_seals`) and of Office files (`_xml_seals`), and whose (`_certificates`)."""
