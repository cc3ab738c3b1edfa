package io.gatehouse.runtime.door;

import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** One HTTP/1 connection: its deadlines, and which of its requests is which. */
final class Caller extends Watch.Watched {

  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final FrontDoor.Loop loop;
  private final long headerNanos;
  private MessageFraming framing;
  private boolean waitsForHead = true;
  private long waitsSince;
  private int heads;
  private int visits;
  private Visit visit;
  private GatewayException broken;
  private ChannelHandlerContext lingering;
  private ChannelPromise afterLingering;
  private long lingersSince;

  Caller(FrontDoor.Loop loop) {
    this.loop = loop;
    this.headerNanos = TimeUnit.MILLISECONDS.toNanos(loop.limits().headerTimeoutMillis());
    this.waitsSince = loop.watch().nanos();
  }

  /** The connection has begun, and counts until it is over. */
  void count(Channel channel) {
    loop.watch().enter(this);
    InetAddress address =
        channel.remoteAddress() instanceof InetSocketAddress inet ? inet.getAddress() : null;
    boolean tooMany = address != null && !loop.addresses().enter(address);
    channel
        .closeFuture()
        .addListener(
            closed -> {
              loop.watch().leave(this);
              if (address != null) {
                loop.addresses().leave(address);
              }
            });
    if (tooMany) {
      framing.refuseAll(Reason.TOO_MANY_CONNECTIONS);
    }
  }

  void arrived(MessageFraming framing) {
    this.framing = framing;
  }

  /** A head has begun that is not whole yet. */
  void headBegun() {
    if (!waitsForHead) {
      waitsForHead = true;
      waitsSince = loop.watch().nanos();
    }
  }

  void headArrived() {
    waitsForHead = false;
    heads++;
  }

  /** HTTP/2 keeps its own time and order. */
  void leaveToHttp2() {
    loop.watch().leave(this);
  }

  /** A request is being served; they come in the order of their heads. */
  void begin(Visit next) {
    visit = next;
    visits++;
    if (broken != null && visits == heads) {
      next.bodyBroken(broken);
    }
  }

  /** The body of the last head is not what it should be. */
  void bodyBroken(GatewayException why) {
    broken = why;
    if (visits == heads && visit != null) {
      visit.bodyBroken(why);
    }
  }

  /**
   * Says that nothing more will come and reads on for a while, to nobody: a connection that is
   * closed on unread bytes is reset, and what was last written on it is lost.
   *
   * @return false when that cannot be done, or has been
   */
  boolean linger(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (lingering != null || !(ctx.channel() instanceof DuplexChannel channel)) {
      return false;
    }
    lingering = ctx;
    afterLingering = promise;
    lingersSince = loop.watch().nanos();
    channel.closeFuture().addListener(closed -> promise.trySuccess());
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            (ChannelFutureListener)
                written -> {
                  channel.config().setAutoRead(true);
                  channel.shutdownOutput();
                });
    return true;
  }

  /** Ends the connection without a word. */
  void cut() {
    framing.cut();
  }

  @Override
  void glance(long now) {
    if (lingering != null) {
      if (now - lingersSince > LINGER_NANOS) {
        lingering.close(afterLingering);
      }
    } else if (waitsForHead && now - waitsSince > headerNanos) {
      if (!framing.reads()) {
        waitsSince = now; // it is we who do not read
      } else if (framing.inHead()) {
        waitsForHead = false;
        framing.refuseNow(Reason.HEADER_TIMEOUT);
      } else {
        framing.cut();
      }
    }
  }
}
