package io.gatehouse.runtime.bench;

import java.lang.management.ManagementFactory;

/** The clock of the benchmark: what the calling thread alone has used, on a busy machine, too. */
final class CpuTime {

  private CpuTime() {}

  static long nanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
