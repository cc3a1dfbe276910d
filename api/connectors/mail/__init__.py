"""Mail: what arrives in a mailbox or lies in files as contacts, and messages that are sent so that an answer proves itself."""
