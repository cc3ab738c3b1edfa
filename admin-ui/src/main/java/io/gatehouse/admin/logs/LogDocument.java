package io.gatehouse.admin.logs;

import io.gatehouse.model.observed.RequestRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;

/** How a record lies in its index. */
final class LogDocument {

  /** The record as it came. */
  static final String RECORD = "record";

  static final String ACCOUNT = "account";

  /** The words of all of its texts. */
  static final String TEXT = "text";

  /** By the time of the request, and different for each. */
  static final String ORDER = "order";

  /** By the time at which it was stored, and different for each. */
  static final String ARRIVAL = "arrival";

  private static final int BITS_BELOW_MILLIS = 20;
  private static final long MASK = (1L << BITS_BELOW_MILLIS) - 1;

  /** An index takes 32,766 bytes of a value. */
  private static final int LONGEST_VALUE = 4096;

  private LogDocument() {}

  /** The first order of a millisecond. */
  static long orderOf(long millis) {
    return millis << BITS_BELOW_MILLIS;
  }

  static long millisOf(long order) {
    return order >> BITS_BELOW_MILLIS;
  }

  /**
   * @param millis when the request was, by the clock of whoever stores it
   * @param sequence tells apart those of one millisecond
   * @param arrival larger than all before
   */
  static Document of(
      String account,
      RequestRecord request,
      byte[] record,
      long millis,
      long sequence,
      long arrival) {
    Document document = new Document();
    document.add(new StoredField(RECORD, record));
    document.add(new StringField(ACCOUNT, account, Field.Store.NO));
    document.add(new LongField(ORDER, orderOf(millis) | (sequence & MASK), Field.Store.NO));
    document.add(new LongField(ARRIVAL, arrival, Field.Store.NO));
    for (LogField field : LogField.values()) {
      if (!field.isNumber()) {
        add(document, field, field.of(request));
      }
    }
    // Whoever looks for a path rarely thinks of the stage before it.
    add(document, LogField.PATH, belowStage(request));
    // Callers are given both ids.
    add(document, LogField.ID, LogField.ID.spelled(request.extendedRequestId()));
    document.add(new LongField(LogField.STATUS.word(), request.answer().status(), Field.Store.NO));
    document.add(
        new LongField(LogField.LATENCY.word(), request.answer().latencyMicros(), Field.Store.NO));
    for (String text : texts(request)) {
      if (text != null) {
        document.add(new TextField(TEXT, text, Field.Store.NO));
      }
    }
    return document;
  }

  private static void add(Document document, LogField field, String value) {
    if (!value.isEmpty()) {
      String kept = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value;
      document.add(new StringField(field.word(), kept, Field.Store.NO));
    }
  }

  /** Empty for a path that does not begin with the stage, as on a custom domain name. */
  private static String belowStage(RequestRecord request) {
    String path = request.call().path();
    String stage = "/" + request.place().stage();
    String byPath = "/_aws/execute-api/" + request.place().apiId() + stage;
    String prefix = path.startsWith(byPath) ? byPath : stage;
    return path.startsWith(prefix + "/") ? path.substring(prefix.length()) : "";
  }

  private static List<String> texts(RequestRecord request) {
    List<String> texts = new ArrayList<>();
    request.execution().forEach(line -> texts.add(line.text()));
    texts.add(request.requestId());
    texts.add(request.call().path());
    texts.add(request.access());
    if (request.answer().refusal() != null) {
      texts.add(request.answer().refusal().reason());
      texts.add(request.answer().refusal().because());
      texts.add(request.answer().refusal().detail());
    }
    return texts;
  }
}
