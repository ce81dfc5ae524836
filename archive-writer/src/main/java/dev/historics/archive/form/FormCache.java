package dev.historics.archive.form;

import dev.historics.archive.json.KeyTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** The forms of a file, each read once; a source has few. Owned by one thread. */
public final class FormCache {
  private static final int FORMS_MAX = 4096;

  private final Map<String, Form.Slot> columns;
  private KeyTable<Form> forms = new KeyTable<>();
  private Form last = Form.EMPTY;

  /**
   * @param columns that forms can ask for, by their targets
   */
  public FormCache(Map<String, Form.Slot> columns) {
    this.columns = Map.copyOf(columns);
  }

  /**
   * The form whose text stands in some bytes.
   *
   * @throws IOException if it is none, or asks for a column that is not there
   */
  public Form get(byte[] text, int from, int to) throws IOException {
    if (!last.is(text, from, to)) {
      last = find(text, from, to);
    }
    return last;
  }

  private Form find(byte[] text, int from, int to) throws IOException {
    Form form = forms.get(text, from, to);
    if (form == null) {
      if (forms.size() == FORMS_MAX) {
        forms = new KeyTable<>();
      }
      byte[] own = Arrays.copyOfRange(text, from, to);
      form = Form.parse(own, columns);
      forms.put(own, form);
    }
    return form;
  }
}
