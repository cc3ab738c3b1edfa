package io.gatehouse.runtime.golden;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * An HTTP message as a case's file shows it: a first line, header lines, an empty line and the
 * body. A body that begins with {@code @base64}, {@code @gzip} or {@code @deflate} and a space is
 * made from what follows; a file's last line ends are not part of it.
 *
 * @param body null when there is no empty line
 */
record HttpText(String firstLine, List<String> headers, String body) {

  private static final Pattern REPEAT = Pattern.compile("\\{\\{(\\d+)\\*(.*?)}}", Pattern.DOTALL);
  private static final Pattern ODD = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f]");

  static HttpText parse(String section) {
    int gap = section.indexOf("\n\n");
    String[] head = (gap < 0 ? section : section.substring(0, gap)).split("\n");
    return new HttpText(
        head[0],
        Stream.of(head).skip(1).filter(line -> !line.isBlank()).toList(),
        gap < 0 ? null : section.substring(gap + 2));
  }

  /** With what {@code {{3*x}}} stands for. */
  static String repeated(String text) {
    return REPEAT
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(m.group(2).repeat(Integer.parseInt(m.group(1)))));
  }

  /** The bytes that a body in a file stands for. */
  static byte[] bytes(String text) {
    if (text.startsWith("@base64 ")) {
      return Base64.getDecoder().decode(text.substring(8).strip());
    }
    if (text.startsWith("@gzip ")) {
      return coded(bytes(text.substring(6)), true);
    }
    if (text.startsWith("@deflate ")) {
      return coded(bytes(text.substring(9)), false);
    }
    return repeated(text).getBytes(UTF_8);
  }

  /** How a file shows these bytes. */
  static String shown(byte[] bytes, String contentEncoding) {
    if (bytes.length == 0) {
      return "";
    }
    if ("gzip".equals(contentEncoding)) {
      return decoded(bytes, true).map(plain -> "@gzip " + shown(plain, null)).orElse("not gzip");
    }
    if ("deflate".equals(contentEncoding)) {
      return decoded(bytes, false)
          .map(plain -> "@deflate " + shown(plain, null))
          .orElse("not deflate");
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (!ODD.matcher(text).find()) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // bytes, then
    }
    return "@base64 " + Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] coded(byte[] plain, boolean gzip) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream coder = gzip ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
      coder.write(plain);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  private static Optional<byte[]> decoded(byte[] bytes, boolean gzip) {
    try (InputStream in =
        gzip
            ? new GZIPInputStream(new ByteArrayInputStream(bytes))
            : new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return Optional.of(in.readAllBytes());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  boolean hasHeader(String name) {
    return headers.stream().anyMatch(line -> isNamed(line, name));
  }

  static boolean isNamed(String line, String name) {
    return line.regionMatches(true, 0, name + ":", 0, name.length() + 1);
  }

  /** All the values of a header, in order. */
  List<String> values(String name) {
    return headers.stream()
        .filter(line -> isNamed(line, name))
        .map(line -> line.substring(name.length() + 1).strip())
        .toList();
  }

  /**
   * As it goes over the wire: framed by a length unless a header says otherwise.
   *
   * @param more headers that the file leaves out, each with its line end
   * @param endsByClosing whether {@code Connection: close} is such a header
   */
  byte[] wire(String line, String more, boolean endsByClosing) {
    byte[] content = body == null ? new byte[0] : bytes(body);
    boolean chunked = values("Transfer-Encoding").contains("chunked");
    StringBuilder head = new StringBuilder(repeated(line)).append("\r\n").append(more);
    headers.stream()
        .filter(header -> !header.startsWith("! "))
        .forEach(header -> head.append(repeated(header)).append("\r\n"));
    boolean closes = endsByClosing && hasHeader("Connection");
    if (body != null && !chunked && !closes && !hasHeader("Content-Length")) {
      head.append("Content-Length: ").append(content.length).append("\r\n");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
    if (chunked && content.length > 0) {
      out.writeBytes((Integer.toHexString(content.length) + "\r\n").getBytes(ISO_8859_1));
      out.writeBytes(content);
      out.writeBytes("\r\n".getBytes(ISO_8859_1));
    } else {
      out.writeBytes(content);
    }
    if (chunked) {
      out.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
    }
    return out.toByteArray();
  }

  /** A message off the wire; its body in the way of {@link #shown}. */
  static HttpText received(String head, byte[] body) {
    String[] lines = head.strip().split("\r\n");
    List<String> headers = new ArrayList<>(List.of(lines).subList(1, lines.length));
    HttpText bare = new HttpText(lines[0], headers, null);
    String coding = bare.values("Content-Encoding").stream().findFirst().orElse(null);
    return new HttpText(lines[0], headers, shown(body, coding));
  }
}
