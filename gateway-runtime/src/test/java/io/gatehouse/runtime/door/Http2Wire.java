package io.gatehouse.runtime.door;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An HTTP/2 connection of single frames, good ones and others. */
final class Http2Wire implements AutoCloseable {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  static final int PRIORITY = 32;
  static final int ENHANCE_YOUR_CALM = 11;

  /** A frame as it came. */
  record Frame(int type, int flags, int stream, byte[] payload) {
    int error() {
      return Unpooled.wrappedBuffer(payload).getInt(type == GOAWAY ? 4 : 0);
    }
  }

  /** A whole answer, or a stream that was reset, by its error. */
  record Answer(Http2Headers headers, String body, int reset) {
    String status() {
      return headers == null ? "reset " + reset : headers.status().toString();
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

  Http2Wire(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    socket.getOutputStream().write(Http2Door.PREFACE);
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  static Http2Headers request(String method, String path) {
    return new DefaultHttp2Headers(false).method(method).scheme("http").authority("x").path(path);
  }

  byte[] block(Http2Headers headers) throws Exception {
    ByteBuf out = Unpooled.buffer();
    encoder.encodeHeaders(1, headers, out);
    return ByteBufUtil.getBytes(out);
  }

  void headers(int stream, Http2Headers headers, boolean end) throws Exception {
    frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(headers));
  }

  void data(int stream, String content, boolean end) throws IOException {
    frame(DATA, end ? END_STREAM : 0, stream, content.getBytes(StandardCharsets.ISO_8859_1));
  }

  void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuf out = Unpooled.buffer();
    out.writeMedium(payload.length).writeByte(type).writeByte(flags).writeInt(stream);
    out.writeBytes(payload);
    socket.getOutputStream().write(ByteBufUtil.getBytes(out));
  }

  /** The next frame, or null when the connection is over. */
  Frame read() throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    int length = first << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    return new Frame(type, flags, stream, in.readNBytes(length));
  }

  /** What becomes of a stream; frames of others are passed over. */
  Answer answer(int stream) throws Exception {
    Http2Headers headers = null;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      Frame frame = read();
      if (frame == null || frame.type() == GOAWAY) {
        throw new AssertionError("the connection ended: " + frame);
      }
      if (frame.type() == HEADERS) {
        ByteBuf block = Unpooled.wrappedBuffer(frame.payload());
        if ((frame.flags() & PRIORITY) != 0) {
          block.skipBytes(5);
        }
        Http2Headers some = decoder.decodeHeaders(frame.stream(), block);
        headers = frame.stream() == stream && headers == null ? some : headers;
      }
      if (frame.stream() == stream) {
        if (frame.type() == DATA) {
          body.write(frame.payload());
        }
        if (frame.type() == RST_STREAM) {
          return new Answer(null, "", frame.error());
        }
        if ((frame.flags() & END_STREAM) != 0 && frame.type() <= HEADERS) {
          return new Answer(headers, body.toString(StandardCharsets.ISO_8859_1), -1);
        }
      }
    }
  }

  /** The error that the connection ends with, or -1 when it just ends. */
  int end() throws IOException {
    int error = -1;
    try {
      for (Frame frame = read(); frame != null; frame = read()) {
        if (frame.type() == GOAWAY) {
          error = frame.error();
        }
      }
    } catch (IOException reset) {
      // an end as well
    }
    return error;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
