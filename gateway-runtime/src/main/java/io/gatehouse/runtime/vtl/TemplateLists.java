package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.vtl.Literals.TemplateList;
import java.util.Collection;

/** Lists that methods give. */
final class TemplateLists {

  private TemplateLists() {}

  /** A copy, paid for. */
  static TemplateList of(Collection<?> items, Rendering r) {
    r.copied(items.size());
    TemplateList list = new TemplateList(items.size());
    list.addAll(items);
    return list;
  }
}
