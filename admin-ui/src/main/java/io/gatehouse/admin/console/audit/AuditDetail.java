package io.gatehouse.admin.console.audit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlComponent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.guard.Caller.Door;
import io.gatehouse.admin.operations.AuditRecords.AuditRecord;
import java.util.Optional;

/** One record in full: where it came from, and each value before and after. */
class AuditDetail extends Div {

  AuditDetail(AuditRecord record) {
    addClassName("gh-audit-detail");
    Facts facts =
        new Facts()
            .add("When", record.at().toString())
            .add("Who", who(record))
            .add("From", record.source().isEmpty() ? "not known" : record.source());
    if (!record.resource().isEmpty()) {
      facts.add("Resource", record.resource());
    }
    if (!record.message().isEmpty()) {
      facts.add("Refused with", record.message());
    }
    add(facts, differences(Differences.between(record.before(), record.after())));
  }

  private static String who(AuditRecord record) {
    return record.door() == Door.IMPERSONATION
        ? record.principal() + ", operator, in the place of the tenant"
        : record.principal();
  }

  private static Component differences(Differences differences) {
    if (differences.lines().isEmpty()) {
      return new Paragraph("Nothing was changed.");
    }
    Div lines = new Div();
    lines.addClassName("gh-diff");
    for (Differences.Line line : differences.lines()) {
      Span place = new Span(line.place());
      place.addClassName("place");
      lines.add(place, value("del", "before", line.before()), value("ins", "after", line.after()));
    }
    if (differences.more() > 0) {
      lines.add(new Span("and " + differences.more() + " more"));
    }
    return lines;
  }

  private static Component value(String tag, String when, Optional<String> text) {
    HtmlComponent value = new HtmlComponent(tag);
    value.getElement().setText(text.orElse("–"));
    value.getElement().setAttribute("aria-label", when + ": " + text.orElse("nothing"));
    return value;
  }
}
