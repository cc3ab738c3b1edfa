package io.gatehouse.admin.logs;

import org.apache.lucene.analysis.Analyzer;

/** Makes words of texts; a phrase does not reach from one line into the next. */
final class LogAnalyzer extends Analyzer {

  private static final int BETWEEN_LINES = 100;

  @Override
  protected TokenStreamComponents createComponents(String field) {
    return new TokenStreamComponents(new LogTokenizer());
  }

  @Override
  public int getPositionIncrementGap(String field) {
    return BETWEEN_LINES;
  }
}
