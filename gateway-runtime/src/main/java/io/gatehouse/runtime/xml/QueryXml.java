package io.gatehouse.runtime.xml;

import io.gatehouse.runtime.budget.Budget;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Answers of the vendor's query protocol: an element with elements in it is a map, one with text a
 * string; {@code member} elements make a list, {@code entry} elements a map, and elements of one
 * name a list. What SQS has received is a list {@code messages}, as it calls them in JSON. Names go
 * without their prefixes, attributes are left out.
 */
public final class QueryXml {

  private static final int MAX_DEPTH = 64;
  private static final String RECEIVED = "ReceiveMessageResult";

  private final XMLStreamReader in;

  private QueryXml(XMLStreamReader in) {
    this.in = in;
  }

  /**
   * The document as a map of its one element.
   *
   * @throws InvalidXml when it is none
   */
  public static Map<String, Object> parse(byte[] document, Budget budget) throws InvalidXml {
    budget.spend(document.length);
    try {
      XMLStreamReader in =
          factory().createXMLStreamReader(new ByteArrayInputStream(document), encoding(document));
      in.nextTag();
      Map<String, Object> root = new LinkedHashMap<>();
      root.put(in.getLocalName(), new QueryXml(in).element(in.getLocalName(), 0));
      return root;
    } catch (XMLStreamException | RuntimeException e) {
      // The JDK's reader meets some malformed documents with exceptions of its own.
      throw new InvalidXml("the answer is not XML");
    }
  }

  /** UTF-8 unless a mark at the beginning lets the reader find out. */
  private static String encoding(byte[] document) {
    boolean marked =
        document.length > 1 && (document[0] == (byte) 0xfe || document[0] == (byte) 0xff);
    return marked ? null : "UTF-8";
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  private Object element(String name, int depth) throws XMLStreamException {
    if (depth > MAX_DEPTH) {
      throw new XMLStreamException("nested deeper than " + MAX_DEPTH);
    }
    StringBuilder text = new StringBuilder();
    Map<String, List<Object>> children = new LinkedHashMap<>();
    while (true) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          String child = in.getLocalName();
          children.computeIfAbsent(child, c -> new ArrayList<>(1)).add(element(child, depth + 1));
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(in.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          return children.isEmpty() && !name.equals(RECEIVED)
              ? text.toString()
              : value(name, children);
        }
        case XMLStreamConstants.END_DOCUMENT ->
            throw new XMLStreamException("the document ends in an element");
        default -> {}
      }
    }
  }

  private static Object value(String parent, Map<String, List<Object>> children) {
    if (parent.equals(RECEIVED)) {
      Map<String, Object> received = new LinkedHashMap<>();
      received.put("messages", children.get("Message"));
      return received;
    }
    if (children.size() == 1) {
      Map.Entry<String, List<Object>> only = children.entrySet().iterator().next();
      if (only.getKey().equals("member")) {
        return only.getValue();
      }
      if (only.getKey().equals("entry")) {
        return entries(only.getValue());
      }
    }
    Map<String, Object> map = new LinkedHashMap<>();
    children.forEach(
        (name, values) -> map.put(name, values.size() == 1 ? values.getFirst() : values));
    return map;
  }

  private static Map<String, Object> entries(List<Object> entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Object entry : entries) {
      if (entry instanceof Map<?, ?> pair) {
        map.put(String.valueOf(pair.get("key")), pair.get("value"));
      }
    }
    return map;
  }
}
