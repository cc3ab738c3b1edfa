package io.gatehouse.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node takes for the time: the system's clock, but never a time before one that the node
 * knows to be past, so that nothing that has expired is good again because a clock was set back.
 * What it knows goes on by the monotonic clock, outlives a restart on the disk, and begins, where
 * the disk is empty or old, with what the control plane told.
 *
 * <p>A clock may also be wrong by being ahead, and a node must not refuse everybody for ever once
 * that is mended. So a leap forward counts at once, but is remembered only when the control plane's
 * clock agrees, or when it has stood for an hour. And a system's clock that lies behind what is
 * remembered is believed when the control plane's has agreed with it for an hour without a break:
 * two clocks that are wrong in the same way for so long are beyond what a node can tell.
 */
public final class NodeClock implements InstantSource {

  /** Between two ticks; a node that is killed forgets no more than this. */
  static final Duration TICK = Duration.ofSeconds(15);

  /** How far apart two clocks may be that agree. */
  static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);

  /** How long a clock that says something else than before has to stand by it. */
  static final Duration BELIEVED_AFTER = Duration.ofHours(1);

  /** How long the control plane's word counts, which comes again every five minutes. */
  static final Duration WORD_HOLDS = Duration.ofMinutes(11);

  /** One word may be an old one that this node hears of late only. */
  private static final int SURE = 2;

  private static final Logger LOG = LoggerFactory.getLogger(NodeClock.class);
  private static final int NANOS_OF_MILLI = 1_000_000;

  /** A time in milliseconds, and the monotonic clock when it was that time. */
  private record Mark(long millis, long nanos) {
    long at(long now) {
      return millis + (now - nanos) / NANOS_OF_MILLI;
    }
  }

  /** Where the system's clock is, seen from what the node remembers. */
  private enum Step {
    NONE,
    FORWARD,
    BACK
  }

  private final Path file;
  private final InstantSource system;
  private final LongSupplier nanos;

  /** It is not before this. */
  private volatile Mark least;

  /** The control plane's last word in this run; null for none. */
  private Mark told;

  /** Words in this run that agreed with the system's clock, up to as many as make it sure. */
  private int agreeing;

  private Step step = Step.NONE;
  private long stepSince;

  /**
   * @param file where the time is remembered; need not be there
   * @param nanos the monotonic clock
   */
  public NodeClock(Path file, InstantSource system, LongSupplier nanos) throws IOException {
    this.file = file;
    this.system = system;
    this.nanos = nanos;
    Files.createDirectories(file.getParent());
    least = new Mark(remembered(file, system.millis()), nanos.getAsLong());
  }

  private static long remembered(Path file, long otherwise) throws IOException {
    if (!Files.exists(file)) {
      return otherwise;
    }
    try {
      return Long.parseLong(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
    } catch (NumberFormatException e) {
      LOG.error("{} holds no time: the node knows the system's only", file);
      return otherwise;
    }
  }

  @Override
  public long millis() {
    return Math.max(system.millis(), least.at(nanos.getAsLong()));
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  /**
   * What the control plane's clock said when it said so last. A node that has reason to be sure of
   * its own does not follow, so that one wrong clock does not lead all nodes astray.
   */
  public synchronized void told(long millis) {
    long now = nanos.getAsLong();
    told = new Mark(millis, now);
    if (agreeing < SURE) {
      agreeing = agrees(now) ? agreeing + 1 : 0;
      least = millis > least.at(now) ? told : least;
    }
  }

  private boolean agrees(long now) {
    return told != null
        && now - told.nanos() <= WORD_HOLDS.toNanos()
        && Math.abs(system.millis() - told.at(now)) <= CLOCKS_DIFFER.toMillis();
  }

  /** Looks at the clocks, remembers what they say as far as it is to be believed. May block. */
  public synchronized void tick() {
    look(nanos.getAsLong());
    try {
      write(Long.toString(least.at(nanos.getAsLong())));
    } catch (IOException e) {
      LOG.error("the time is not on disk, a restart would not know it: {}", e.toString());
    }
  }

  private void look(long now) {
    long wall = system.millis();
    long ahead = wall - least.at(now);
    boolean agreed = agrees(now);
    begin(step(ahead), ahead, now);
    if (step == Step.BACK && !agreed) {
      stepSince = now;
    }
    boolean believed =
        switch (step) {
          case NONE -> ahead > 0;
          case FORWARD -> agreed || hasStood(now);
          case BACK -> hasStood(now);
        };
    if (believed) {
      if (step == Step.BACK) {
        LOG.error("the time goes back by {} s, as the control plane says so, too", -ahead / 1000);
      }
      least = new Mark(wall, now);
      step = Step.NONE;
    }
  }

  private static Step step(long ahead) {
    if (Math.abs(ahead) <= CLOCKS_DIFFER.toMillis()) {
      return Step.NONE;
    }
    return ahead > 0 ? Step.FORWARD : Step.BACK;
  }

  private boolean hasStood(long now) {
    return now - stepSince >= BELIEVED_AFTER.toNanos();
  }

  private void begin(Step next, long ahead, long now) {
    if (next == step) {
      return;
    }
    step = next;
    stepSince = now;
    switch (next) {
      case NONE -> LOG.info("the system's clock agrees with what this node knows of the time");
      case FORWARD ->
          LOG.info(
              "the system's clock is {} s ahead of the time that this node remembers, which is how"
                  + " long it was off or how wrong the clock is: it counts, and is remembered once"
                  + " the control plane's clock agrees, or in an hour",
              ahead / 1000);
      case BACK ->
          LOG.error(
              "the system's clock is {} s behind the time that this node remembers: it does not"
                  + " count until the control plane's clock has agreed with it for an hour. If what"
                  + " is remembered is wrong, stop the node and delete {}",
              -ahead / 1000,
              file);
    }
  }

  private void write(String text) throws IOException {
    Path begun = file.resolveSibling(file.getFileName() + ".begun");
    try (FileChannel channel =
        FileChannel.open(
            begun,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
