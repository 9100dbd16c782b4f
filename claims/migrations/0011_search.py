"""The index of words: SQLite's FTS5, PostgreSQL's GIN, kept by the database itself whatever writes the claims.

Both index `claims_claim.folded`, which from here on holds words with one space before and after each (see
claims.text.search_words), so that every database finds the same words. What indexes is no model: it is built from
claims alone, and no dump, export or copy needs it.

SQLite: the rows of FTS5 have numbers that grow with the time of opening, so that newest first is the order of the
index: milliseconds since 1970 times 2^21, and one more for each further claim of the same millisecond. Neither places
nor texts are kept there (`detail=none`, `content=''`): who looks for a phrase compares the few claims that have its
words. FTS5 writes to the disk at each statement that fires a trigger, which makes many rows slow: while
claims_search_held has a row, claims are noted there, and claims.models.stored_rows enters them together. PostgreSQL: `array_to_tsvector` takes words as they are, where its parser would read addresses and numbers.
"""

from django.db import migrations

from claims.text.search_words import searchable

AT_ONCE = 5_000

# The first number of a moment.
_FIRST = """min(max(coalesce(CAST(strftime('%s', {opened_at}) AS INTEGER), 0) * 1000
    + CAST(substr({opened_at}, 21, 3) AS INTEGER), 0), 4398046511103) * 2097152"""
_OPENED = f"""(SELECT {_FIRST.format(opened_at="opened_at")} AS first, claim_id
    FROM claims_claimstatus WHERE claim_id = {{claim}})"""
_ENTER = f"""INSERT INTO claims_searched (number, claim_id)
  SELECT coalesce((SELECT number + 1 FROM claims_searched WHERE number >= at.first AND number < at.first + 2097151
    ORDER BY number DESC LIMIT 1), at.first), at.claim_id
  FROM {_OPENED} AS at JOIN claims_claim ON claims_claim.id = at.claim_id WHERE claims_claim.folded <> '';"""
_HELD = "EXISTS (SELECT 1 FROM claims_search_held)"

SQLITE = [
    "CREATE TABLE claims_searched (number integer PRIMARY KEY, claim_id char(32) NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE claims_words USING fts5(words, content='', detail=none, columnsize=0, tokenize='ascii')",
    "CREATE TABLE claims_search_held (claim_id char(32), first integer)",
    f"""CREATE TRIGGER claims_searched_added AFTER INSERT ON claims_searched WHEN NOT {_HELD} BEGIN
INSERT INTO claims_words (rowid, words) SELECT NEW.number, folded FROM claims_claim WHERE id = NEW.claim_id;
END""",
    """CREATE TRIGGER claims_searched_removed BEFORE DELETE ON claims_searched BEGIN
INSERT INTO claims_words (claims_words, rowid, words)
  SELECT 'delete', OLD.number, folded FROM claims_claim WHERE id = OLD.claim_id;
END""",
    f"""CREATE TRIGGER claims_search_opened AFTER INSERT ON claims_claimstatus WHEN NOT {_HELD} BEGIN
{_ENTER.format(claim="NEW.claim_id")}
END""",
    f"""CREATE TRIGGER claims_search_noted AFTER INSERT ON claims_claimstatus WHEN {_HELD} BEGIN
INSERT INTO claims_search_held VALUES (NEW.claim_id, {_FIRST.format(opened_at="NEW.opened_at")});
END""",
    f"""CREATE TRIGGER claims_search_opened_at AFTER UPDATE OF opened_at ON claims_claimstatus
WHEN OLD.opened_at IS NOT NEW.opened_at BEGIN
DELETE FROM claims_searched WHERE claim_id = NEW.claim_id;
{_ENTER.format(claim="NEW.claim_id")}
END""",
    f"""CREATE TRIGGER claims_search_stored AFTER INSERT ON claims_claim
WHEN EXISTS (SELECT 1 FROM claims_claimstatus WHERE claim_id = NEW.id) BEGIN
{_ENTER.format(claim="NEW.id")}
END""",
    # Before and after: the words have to be given to FTS5 as they were, to be taken out of it.
    """CREATE TRIGGER claims_search_left BEFORE UPDATE OF folded ON claims_claim
WHEN OLD.folded IS NOT NEW.folded BEGIN
DELETE FROM claims_searched WHERE claim_id = OLD.id;
END""",
    f"""CREATE TRIGGER claims_search_changed AFTER UPDATE OF folded ON claims_claim
WHEN OLD.folded IS NOT NEW.folded BEGIN
{_ENTER.format(claim="NEW.id")}
END""",
    """CREATE TRIGGER claims_search_deleted BEFORE DELETE ON claims_claim BEGIN
DELETE FROM claims_searched WHERE claim_id = OLD.id;
END""",
]
SQLITE_FILL = f"""INSERT INTO claims_searched (number, claim_id)
SELECT at.first + row_number() OVER (PARTITION BY at.first ORDER BY at.claim_id) - 1, at.claim_id
FROM {_OPENED.split("WHERE claim_id")[0]}) AS at JOIN claims_claim ON claims_claim.id = at.claim_id
WHERE claims_claim.folded <> '' ORDER BY 1"""
SQLITE_BACK = [
    *(
        f"DROP TRIGGER claims_search_{name}"
        for name in ("opened", "noted", "opened_at", "stored", "left", "changed", "deleted")
    ),
    "DROP TABLE claims_search_held",
    "DROP TABLE claims_searched",
    "DROP TABLE claims_words",
]

POSTGRESQL = """
CREATE FUNCTION claims_words(folded text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array_to_tsvector(array_remove(string_to_array(folded, ' '), ''))
$$;
CREATE TABLE claims_searched (claim_id uuid PRIMARY KEY, opened_at timestamptz NOT NULL, words tsvector NOT NULL);
INSERT INTO claims_searched SELECT claim.id, status.opened_at, claims_words(claim.folded)
  FROM claims_claim claim JOIN claims_claimstatus status ON status.claim_id = claim.id WHERE claim.folded <> ''
  ORDER BY status.opened_at;
CREATE INDEX claims_searched_words ON claims_searched USING gin (words) WITH (gin_pending_list_limit = 1024);
CREATE FUNCTION claims_search_opened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO claims_searched SELECT claim.id, added.opened_at, claims_words(claim.folded)
    FROM added JOIN claims_claim claim ON claim.id = added.claim_id WHERE claim.folded <> ''
    ON CONFLICT (claim_id) DO UPDATE SET opened_at = EXCLUDED.opened_at, words = EXCLUDED.words;
  RETURN NULL;
END $$;
CREATE TRIGGER claims_search_opened AFTER INSERT ON claims_claimstatus REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION claims_search_opened();
CREATE FUNCTION claims_search_stored() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO claims_searched SELECT added.id, status.opened_at, claims_words(added.folded)
    FROM added JOIN claims_claimstatus status ON status.claim_id = added.id WHERE added.folded <> ''
    ON CONFLICT (claim_id) DO UPDATE SET opened_at = EXCLUDED.opened_at, words = EXCLUDED.words;
  RETURN NULL;
END $$;
CREATE TRIGGER claims_search_stored AFTER INSERT ON claims_claim REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION claims_search_stored();
CREATE FUNCTION claims_search_opened_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE claims_searched SET opened_at = NEW.opened_at WHERE claim_id = NEW.claim_id;
  RETURN NULL;
END $$;
CREATE TRIGGER claims_search_opened_at AFTER UPDATE OF opened_at ON claims_claimstatus
  FOR EACH ROW WHEN (OLD.opened_at IS DISTINCT FROM NEW.opened_at) EXECUTE FUNCTION claims_search_opened_at();
CREATE FUNCTION claims_search_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM claims_searched WHERE claim_id = OLD.id;
  INSERT INTO claims_searched SELECT NEW.id, opened_at, claims_words(NEW.folded)
    FROM claims_claimstatus WHERE claim_id = NEW.id AND NEW.folded <> '';
  RETURN NULL;
END $$;
CREATE TRIGGER claims_search_changed AFTER UPDATE OF folded ON claims_claim
  FOR EACH ROW WHEN (OLD.folded IS DISTINCT FROM NEW.folded) EXECUTE FUNCTION claims_search_changed();
CREATE FUNCTION claims_search_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM claims_searched WHERE claim_id IN (SELECT id FROM removed);
  RETURN NULL;
END $$;
CREATE TRIGGER claims_search_deleted AFTER DELETE ON claims_claim REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION claims_search_deleted();
CREATE FUNCTION claims_search_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE claims_searched;
  RETURN NULL;
END $$;
CREATE TRIGGER claims_search_emptied AFTER TRUNCATE ON claims_claim
  FOR EACH STATEMENT EXECUTE FUNCTION claims_search_emptied();
"""
POSTGRESQL_BACK = """
DROP TRIGGER claims_search_opened ON claims_claimstatus;
DROP TRIGGER claims_search_opened_at ON claims_claimstatus;
DROP TRIGGER claims_search_stored ON claims_claim;
DROP TRIGGER claims_search_changed ON claims_claim;
DROP TRIGGER claims_search_deleted ON claims_claim;
DROP TRIGGER claims_search_emptied ON claims_claim;
DROP FUNCTION claims_search_opened();
DROP FUNCTION claims_search_opened_at();
DROP FUNCTION claims_search_stored();
DROP FUNCTION claims_search_changed();
DROP FUNCTION claims_search_deleted();
DROP FUNCTION claims_search_emptied();
DROP TABLE claims_searched;
DROP FUNCTION claims_words(text);
"""


def fold_anew(apps, schema_editor):
    """Words between spaces, for the claims that are here already."""
    claims = apps.get_model("claims", "Claim").objects.exclude(folded="").order_by("pk")
    last = None
    while some := list((claims.filter(pk__gt=last) if last else claims).values_list("pk", "exact")[:AT_ONCE]):
        _store(schema_editor.connection, [(key, searchable(exact)) for key, exact in some])
        last = some[-1][0]


def _store(connection, rows):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = (
                "UPDATE claims_claim SET folded = new.folded FROM unnest(%s::uuid[], %s::text[]) AS new(id, folded) "
                "WHERE claims_claim.id = new.id"
            )
            cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])
        else:
            changed = [(folded, key.hex) for key, folded in rows]
            cursor.executemany("UPDATE claims_claim SET folded = %s WHERE id = %s", changed)


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
        return
    for statement in SQLITE[:5]:
        schema_editor.execute(statement, params=None)
    schema_editor.execute(SQLITE_FILL, params=None)
    for statement in SQLITE[5:]:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_BACK, params=None)
        return
    for statement in SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("claims", "0010_in_and_out")]
    operations = [
        migrations.RunPython(fold_anew, migrations.RunPython.noop),
        migrations.RunPython(create, drop),
    ]
