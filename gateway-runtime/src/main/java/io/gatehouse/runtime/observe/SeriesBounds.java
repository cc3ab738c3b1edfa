package io.gatehouse.runtime.observe;

/**
 * How many stages and methods have series of their own in a node's metrics; what is beyond is
 * counted together, under {@code other}.
 */
record SeriesBounds(int stagesOfAccount, int stages, int methodsOfAccount, int methods) {

  /** Each is some forty lines in what Prometheus reads. */
  static final SeriesBounds USUAL = new SeriesBounds(100, 1_000, 100, 1_000);
}
