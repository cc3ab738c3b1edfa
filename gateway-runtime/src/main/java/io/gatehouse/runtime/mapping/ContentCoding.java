package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Headers;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/** The codings that the vendor compresses with: gzip and deflate, which is zlib's format. */
public enum ContentCoding {
  GZIP("gzip"),
  DEFLATE("deflate");

  private static final int PIECE = 8192;

  private final String token;

  ContentCoding(String token) {
    this.token = token;
  }

  public String token() {
    return token;
  }

  /** The coding of a body with these headers, or null for none that we undo. */
  static ContentCoding of(Headers headers) {
    String value = headers.first("Content-Encoding");
    if (value == null) {
      return null;
    }
    String name = value.strip().toLowerCase(Locale.ROOT);
    return name.equals("gzip") || name.equals("x-gzip")
        ? GZIP
        : name.equals("deflate") ? DEFLATE : null;
  }

  /** What an answer to a request with these headers may be compressed with, or null. */
  static ContentCoding accepted(Headers headers) {
    List<String> fields = headers.all("Accept-Encoding");
    ContentCoding best = null;
    for (int i = 0; i < fields.size(); i++) {
      for (String item : fields.get(i).split(",")) {
        ContentCoding coding = acceptable(item);
        if (coding == GZIP) {
          return GZIP;
        }
        best = coding == null ? best : coding;
      }
    }
    return best;
  }

  private static ContentCoding acceptable(String item) {
    int semicolon = item.indexOf(';');
    String name = (semicolon < 0 ? item : item.substring(0, semicolon)).strip();
    String weight = semicolon < 0 ? "" : item.substring(semicolon + 1).replace(" ", "");
    if (weight.matches("q=0(\\.0{0,3})?")) {
      return null;
    }
    return name.equalsIgnoreCase("gzip") || name.equals("*")
        ? GZIP
        : name.equalsIgnoreCase("deflate") ? DEFLATE : null;
  }

  byte[] compressed(byte[] bytes, Budget budget) {
    budget.spend(bytes.length / 16);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3 + 64);
    try (OutputStream coder =
        this == GZIP ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
      coder.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * @param most bytes that may come out
   * @throws GatewayException when the bytes are not in this coding, or too many are packed in them
   */
  byte[] decoded(byte[] bytes, long most, Budget budget) {
    try (InputStream in =
        this == GZIP
            ? new GZIPInputStream(new ByteArrayInputStream(bytes), PIECE)
            : new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(bytes.length * 4, 1 << 20));
      byte[] piece = new byte[PIECE];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        budget.spend(n / 16);
        if (out.size() + n > most) {
          throw GatewayException.of(ResponseType.REQUEST_TOO_LARGE, Reason.BODY_TOO_LARGE_DECODED);
        }
        out.write(piece, 0, n);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw GatewayException.of(
          ResponseType.BAD_REQUEST_BODY, 400, "Invalid request body", Reason.BODY_NOT_DECODABLE);
    }
  }
}
