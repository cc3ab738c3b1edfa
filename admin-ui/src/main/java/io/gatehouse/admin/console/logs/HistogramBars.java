package io.gatehouse.admin.console.logs;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.logs.Histogram;
import io.gatehouse.admin.logs.Histogram.Bucket;
import java.util.function.IntConsumer;

/** Requests over time as bars; each of them is a button that looks at its time. */
final class HistogramBars extends Div {

  private final IntConsumer zoom;

  HistogramBars(IntConsumer zoom) {
    this.zoom = zoom;
    addClassName("gh-histogram");
    getElement().setAttribute("role", "group");
    getElement().setAttribute("aria-label", "Requests over time; a bar looks at its time");
  }

  void show(Histogram histogram) {
    removeAll();
    long most = histogram.buckets().stream().mapToLong(Bucket::all).max().orElse(0);
    for (int i = 0; i < histogram.buckets().size(); i++) {
      add(bar(histogram.buckets().get(i), i, Math.max(1, most)));
    }
  }

  private NativeButton bar(Bucket bucket, int index, long most) {
    NativeButton bar = new NativeButton();
    String words = Times.exact(bucket.from()) + ": " + LogsPresenter.words(bucket);
    bar.getElement().setAttribute("aria-label", words);
    bar.getElement().setAttribute("title", words);
    bar.getElement().setAttribute("type", "button");
    // Nothing is to be seen there, so the keyboard need not stop.
    bar.setEnabled(bucket.all() > 0);
    bar.add(piece("server", bucket.serverError(), most));
    bar.add(piece("client", bucket.clientError(), most));
    bar.add(piece("redirect", bucket.redirect(), most));
    bar.add(piece("success", bucket.success(), most));
    bar.addClickListener(click -> zoom.accept(index));
    return bar;
  }

  private static Span piece(String statusClass, long count, long most) {
    Span piece = new Span();
    piece.addClassName(statusClass);
    piece.getStyle().set("--gh-share", count * 100.0 / most + "%");
    return piece;
  }
}
