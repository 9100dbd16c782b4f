"""What the database itself refuses: another text under an old revision, and any change of the event log."""

from django.db import migrations

CHANGED = (
    "The text of a stored revision never changes. To bring in a changed text, store it as a new revision of its "
    "article (its key is computed from the bytes, so build the fixture again or import the file)."
)
APPENDED = "The event log is append-only: events are never changed or deleted."

SQLITE = f"""
CREATE TRIGGER claims_revision_is_final BEFORE UPDATE ON claims_revision
WHEN (OLD.sha256 <> NEW.sha256 OR OLD.article_id <> NEW.article_id)
  OR (OLD.text <> '' AND (OLD.text <> NEW.text OR OLD.raw IS NOT NEW.raw)
      AND NOT (NEW.text = '' AND length(NEW.raw) = 0))
BEGIN SELECT RAISE(ABORT, '{CHANGED}'); END;
CREATE TRIGGER claims_revision_stays_withdrawn AFTER UPDATE ON claims_revision
WHEN OLD.text = '' AND (NEW.text <> '' OR length(NEW.raw) > 0)
BEGIN UPDATE claims_revision SET text = '', raw = x'' WHERE id = NEW.id; END;
CREATE TRIGGER claims_article_stays_withdrawn AFTER UPDATE ON claims_article
WHEN NEW.headline <> ''
  AND EXISTS (SELECT 1 FROM claims_articlestatus WHERE article_id = NEW.id AND withdrawn_at IS NOT NULL)
BEGIN UPDATE claims_article SET headline = '' WHERE id = NEW.id; END;
CREATE TRIGGER claims_event_no_update BEFORE UPDATE ON claims_event
BEGIN SELECT RAISE(ABORT, '{APPENDED}'); END;
CREATE TRIGGER claims_event_no_delete BEFORE DELETE ON claims_event
BEGIN SELECT RAISE(ABORT, '{APPENDED}'); END;
"""
SQLITE_BACK = """
DROP TRIGGER claims_revision_is_final;
DROP TRIGGER claims_revision_stays_withdrawn;
DROP TRIGGER claims_article_stays_withdrawn;
DROP TRIGGER claims_event_no_update;
DROP TRIGGER claims_event_no_delete;
"""

POSTGRESQL = f"""
CREATE FUNCTION claims_revision_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.sha256 <> NEW.sha256 OR OLD.article_id <> NEW.article_id THEN
    RAISE EXCEPTION '{CHANGED}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.text = '' THEN  -- withdrawn, and it stays so
    NEW.text := '';
    NEW.raw := '';
  ELSIF (OLD.text <> NEW.text OR OLD.raw <> NEW.raw) AND NOT (NEW.text = '' AND length(NEW.raw) = 0) THEN
    RAISE EXCEPTION '{CHANGED}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER claims_revision_is_final BEFORE UPDATE ON claims_revision
  FOR EACH ROW EXECUTE FUNCTION claims_revision_is_final();
CREATE FUNCTION claims_article_stays_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM claims_articlestatus WHERE article_id = NEW.id AND withdrawn_at IS NOT NULL) THEN
    NEW.headline := '';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER claims_article_stays_withdrawn BEFORE UPDATE ON claims_article
  FOR EACH ROW EXECUTE FUNCTION claims_article_stays_withdrawn();
CREATE FUNCTION claims_event_is_appended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{APPENDED}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER claims_event_no_change BEFORE UPDATE OR DELETE ON claims_event
  FOR EACH ROW EXECUTE FUNCTION claims_event_is_appended();
CREATE TRIGGER claims_event_no_truncate BEFORE TRUNCATE ON claims_event
  FOR EACH STATEMENT EXECUTE FUNCTION claims_event_is_appended();
"""
POSTGRESQL_BACK = """
DROP TRIGGER claims_revision_is_final ON claims_revision;
DROP FUNCTION claims_revision_is_final();
DROP TRIGGER claims_article_stays_withdrawn ON claims_article;
DROP FUNCTION claims_article_stays_withdrawn();
DROP TRIGGER claims_event_no_change ON claims_event;
DROP TRIGGER claims_event_no_truncate ON claims_event;
DROP FUNCTION claims_event_is_appended();
"""


def create(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def drop(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def _run(schema_editor, sqlite, postgresql):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(postgresql.replace("%", "%%"), params=None)
        return
    statement = ""
    for line in sqlite.strip().splitlines():
        statement += line + "\n"
        if line.rstrip().endswith("END;") or statement.startswith("DROP"):
            schema_editor.execute(statement, params=None)
            statement = ""


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_roles")]
    operations = [migrations.RunPython(create, drop)]
