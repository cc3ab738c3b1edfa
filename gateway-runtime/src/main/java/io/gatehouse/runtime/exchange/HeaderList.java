package io.gatehouse.runtime.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Header fields that we write: ordered, names as given. */
public final class HeaderList implements Headers {

  private final ArrayList<String> fields = new ArrayList<>(32);

  public HeaderList add(String name, String value) {
    fields.add(name);
    fields.add(value);
    return this;
  }

  /** Replaces every field of that name. */
  public HeaderList set(String name, String value) {
    remove(name);
    return add(name, value);
  }

  public void remove(String name) {
    for (int i = fields.size() - 2; i >= 0; i -= 2) {
      if (fields.get(i).equalsIgnoreCase(name)) {
        fields.remove(i + 1);
        fields.remove(i);
      }
    }
  }

  @Override
  public String first(String name) {
    for (int i = 0; i < fields.size(); i += 2) {
      if (fields.get(i).equalsIgnoreCase(name)) {
        return fields.get(i + 1);
      }
    }
    return null;
  }

  @Override
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(2);
    for (int i = 0; i < fields.size(); i += 2) {
      if (fields.get(i).equalsIgnoreCase(name)) {
        values.add(fields.get(i + 1));
      }
    }
    return values;
  }

  @Override
  public void forEach(BiConsumer<String, String> field) {
    for (int i = 0; i < fields.size(); i += 2) {
      field.accept(fields.get(i), fields.get(i + 1));
    }
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
