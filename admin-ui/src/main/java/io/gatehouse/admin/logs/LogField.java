package io.gatehouse.admin.logs;

import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.observed.RequestRecord.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What of a request can be searched by, besides the words of its texts. */
public enum LogField {
  API("api", request -> request.place().apiId(), text -> text),
  STAGE("stage", request -> request.place().stage(), text -> text),
  METHOD("method", request -> request.call().httpMethod(), LogField::upper),
  PATH("path", request -> request.call().path(), text -> text),
  RESOURCE("resource", request -> request.place().resourcePath(), text -> text),
  STATUS("status"),
  LATENCY("latency"),
  REASON("reason", request -> refusal(request, Refusal::reason), LogField::upper),
  TYPE("type", request -> refusal(request, Refusal::responseType), LogField::upper),
  LEVEL("level", request -> request.level().name(), LogField::upper),
  KEY("key", request -> request.call().apiKeyId(), text -> text),
  IP("ip", request -> request.call().ip(), text -> text),
  CACHE("cache", request -> request.answer().cache(), LogField::upper),
  ID("id", RequestRecord::requestId, LogField::lower);

  private final String word;
  private final Function<RequestRecord, String> value;
  private final UnaryOperator<String> spelling;

  /** A number. */
  LogField(String word) {
    this(word, request -> "", text -> text);
  }

  LogField(String word, Function<RequestRecord, String> value, UnaryOperator<String> spelling) {
    this.word = word;
    this.value = value;
    this.spelling = spelling;
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** As it is written before the colon. */
  public String word() {
    return word;
  }

  boolean isNumber() {
    return this == STATUS || this == LATENCY;
  }

  /** The value that is looked for, whatever case it was typed in. */
  String spelled(String typed) {
    return spelling.apply(typed);
  }

  /** Of a text field; empty for a request that has none. */
  String of(RequestRecord request) {
    return spelled(Objects.requireNonNullElse(value.apply(request), ""));
  }

  private static String refusal(RequestRecord request, Function<Refusal, String> member) {
    return request.answer().refusal() == null ? "" : member.apply(request.answer().refusal());
  }

  static Optional<LogField> named(String word) {
    return Arrays.stream(values()).filter(field -> field.word.equalsIgnoreCase(word)).findFirst();
  }

  /** All of them, for messages. */
  static String words() {
    return Arrays.stream(values()).map(LogField::word).collect(Collectors.joining(", "));
  }
}
