"""The exceptions shida raises, and who is to blame for each.

    ShidaError                     anything a user can mend; the command line prints it and exits with 2
    ├── SettingsError              a setting or an argument is wrong
    ├── PackError                  a file of a domain pack is wrong
    ├── InputError                 a file or an address handed to us cannot be used at all
    │   └── FetchRefused           an address we will not connect to, or an answer past a limit
    ├── StoreError                 the newsroom on disk cannot be read or written
    │   └── NewsroomBusy           another run holds the newsroom
    └── EditionError               an edition's rules forbid the step

A bad *record* is not an exception: it becomes a kept `shida.records.Dropped`. Anything else that is raised is a bug.
"""


class ShidaError(Exception):
    """Anything a user can mend. The message says where, what, and what to do."""


class SettingsError(ShidaError):
    """A setting, a period or an argument is wrong."""


class PackError(ShidaError):
    """A file of a domain pack is wrong."""


class InputError(ShidaError):
    """A file or an address handed to us cannot be used at all."""


class FetchRefused(InputError):
    """An address we will not connect to, or an answer past a limit."""


class StoreError(ShidaError):
    """The newsroom on disk cannot be read or written."""


class NewsroomBusy(StoreError):
    """Another run holds the newsroom."""


class EditionError(ShidaError):
    """An edition's rules forbid the step."""
