package io.gatehouse.admin.console.logs;

import static io.gatehouse.admin.store.Kit.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.NativeButton;
import io.gatehouse.admin.logs.Histogram;
import io.gatehouse.admin.logs.Histogram.Bucket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramBarsTest {

  @Test
  void eachBarSaysWhatItShowsAndEmptyOnesAreNoStops() {
    HistogramBars bars = new HistogramBars(index -> {});
    bars.show(
        new Histogram(
            Duration.ofSeconds(10),
            List.of(new Bucket(NOON, 0, 0, 0, 0), new Bucket(NOON.plusSeconds(10), 6, 0, 3, 1)),
            true));

    List<NativeButton> buttons = bars.getChildren().map(NativeButton.class::cast).toList();
    assertFalse(buttons.getFirst().isEnabled());
    assertEquals(
        "2026-06-01 12:00:10 UTC: 10 requests, 3 with 4xx, 1 with 5xx",
        buttons.getLast().getElement().getAttribute("aria-label"));
    assertEquals(
        List.of("10.0%", "30.0%", "0.0%", "60.0%"),
        buttons
            .getLast()
            .getChildren()
            .map(Component::getElement)
            .map(piece -> piece.getStyle().get("--gh-share"))
            .toList());
  }
}
