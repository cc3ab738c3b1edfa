package io.gatehouse.admin.console.parts;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import com.vaadin.flow.component.dependency.StyleSheet;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

/** Lines over time, drawn in the browser. Charts of one page share their crosshair. */
@Tag("gh-chart")
@StyleSheet("context://console/chart/uPlot.min.css")
@JavaScript("context://console/chart/uPlot.iife.min.js")
@JavaScript("context://console/theme/gatehouse-chart.js")
public class Chart extends Component {

  private static final String ZOOM = "chart-zoom";

  public Chart() {
    getElement().setAttribute("role", "img");
  }

  public void show(ChartData data) {
    getElement().setAttribute("aria-label", data.title() + ", as a chart; its table follows");
    getElement().setProperty("data", json(data));
  }

  /** Tells which span of time somebody has drawn over the chart. */
  public void onZoom(BiConsumer<Instant, Instant> zoomed) {
    getElement()
        .addEventListener(
            ZOOM,
            event ->
                zoomed.accept(
                    second(event.getEventData().getNumber("event.detail.from")),
                    second(event.getEventData().getNumber("event.detail.until"))))
        .addEventData("event.detail.from")
        .addEventData("event.detail.until");
  }

  private static Instant second(double seconds) {
    return Instant.ofEpochSecond(Math.clamp((long) seconds, 0, Integer.MAX_VALUE * 4L));
  }

  /** Times in seconds, as the browser's part takes them. */
  static String json(ChartData data) {
    JsonArrayBuilder times = JSON.createArrayBuilder();
    data.times().forEach(time -> times.add(time.getEpochSecond()));
    JsonArrayBuilder lines = JSON.createArrayBuilder();
    data.lines()
        .forEach(
            line ->
                lines.add(
                    JSON.createObjectBuilder()
                        .add("label", line.label())
                        .add("values", values(line.values()))));
    JsonArrayBuilder marks = JSON.createArrayBuilder();
    data.marks()
        .forEach(
            mark ->
                marks.add(
                    JSON.createObjectBuilder()
                        .add("at", mark.at().getEpochSecond())
                        .add("label", mark.label())));
    JsonObjectBuilder out =
        JSON.createObjectBuilder()
            .add("unit", data.unit())
            .add("times", times)
            .add("lines", lines)
            .add("marks", marks);
    return out.build().toString();
  }

  private static JsonArrayBuilder values(List<Double> values) {
    JsonArrayBuilder out = JSON.createArrayBuilder();
    for (Double value : values) {
      if (value == null) {
        out.addNull();
      } else {
        out.add(value);
      }
    }
    return out;
  }
}
