"""The engines of SHACL: pySHACL, whose verdict is of record, and a faster one."""
