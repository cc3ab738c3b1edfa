package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The template of a gateway response. No VTL: the vendor only fills in {@code $context.NAME},
 * {@code $stageVariables.NAME} and {@code $method.request.PLACE.NAME}; what there is not is empty
 * (aws-behaviour 13).
 */
final class ErrorTemplate {

  private static final String NAME = "(?:\\.[A-Za-z0-9_-]+)+";
  private static final Pattern REFERENCE =
      Pattern.compile("\\$((?:context|stageVariables|method\\.request)" + NAME + ")");

  private final List<ParameterSource> pieces;

  private ErrorTemplate(List<ParameterSource> pieces) {
    this.pieces = pieces;
  }

  static ErrorTemplate compile(String text, Map<String, String> stageVariables) {
    List<ParameterSource> pieces = new ArrayList<>();
    Matcher m = REFERENCE.matcher(text);
    int from = 0;
    while (m.find()) {
      pieces.add(text(text.substring(from, m.start())));
      Optional<ParameterSource> source = ParameterSource.ofRequest(m.group(1), stageVariables);
      pieces.add(source.orElse(text(m.group())));
      from = m.end();
    }
    pieces.add(text(text.substring(from)));
    return new ErrorTemplate(List.copyOf(pieces));
  }

  private static ParameterSource text(String text) {
    return (x, content) -> text;
  }

  String render(Exchange x, Content content) {
    StringBuilder out = new StringBuilder();
    for (ParameterSource piece : pieces) {
      String value = piece.value(x, content);
      if (value != null) {
        out.append(value);
      }
    }
    return out.toString();
  }
}
