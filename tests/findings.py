"""Change findings of a table as a correction of the evidence would, on a copy."""

import pandas as pd


def changed(table: pd.DataFrame, name: str, **values: object) -> pd.DataFrame:
    """Give other values to fields of one finding."""
    fields = {column: table[column].where(table.index != name, value) for column, value in values.items()}
    return table.assign(**fields)


def added(table: pd.DataFrame, name: str, like: str, **values: object) -> pd.DataFrame:
    """Add a finding that is like another one but for some fields."""
    more = table.loc[[like]].rename(index={like: name}).assign(**values)
    return pd.concat([table, more.astype(table.dtypes.to_dict())]).rename_axis(table.index.name)
