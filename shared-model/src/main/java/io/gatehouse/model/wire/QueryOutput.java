package io.gatehouse.model.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** The members of a shape as XML of the Query protocol, without the elements around them. */
public final class QueryOutput {

  private final StringBuilder out = new StringBuilder();

  private QueryOutput() {}

  /** As {@code <User><Path>/</Path>...</User>}; what is not set is left out. */
  public static String of(SdkPojo shape) {
    QueryOutput output = new QueryOutput();
    output.members(shape);
    return output.out.toString();
  }

  /** Text between tags. XML 1.0 cannot write control characters at all, so they become blanks. */
  public static String escaped(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F\\uFFFE\\uFFFF]", " ")
        .replaceAll(
            "(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]|[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("\r", "&#xD;");
  }

  private void members(SdkPojo shape) {
    for (SdkField<?> field : shape.sdkFields()) {
      Object value = field.getValueOrDefault(shape);
      boolean set =
          value != null
              && !(value instanceof SdkAutoConstructList)
              && !(value instanceof SdkAutoConstructMap);
      if (set) {
        element(field.locationName(), field, value);
      }
    }
  }

  private void element(String name, SdkField<?> field, Object value) {
    out.append('<').append(name).append('>');
    switch (value) {
      case SdkPojo shape -> members(shape);
      case List<?> list -> {
        SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
        list.forEach(item -> element("member", member, item));
      }
      case Map<?, ?> map -> {
        SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
        map.forEach(
            (key, item) -> {
              out.append("<entry><key>").append(escaped(key.toString())).append("</key>");
              element("value", member, item);
              out.append("</entry>");
            });
      }
      case Instant time -> out.append(time.truncatedTo(ChronoUnit.SECONDS));
      default -> out.append(escaped(value.toString()));
    }
    out.append("</").append(name).append('>');
  }
}
