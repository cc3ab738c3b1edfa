package io.gatehouse.admin.logs;

import io.gatehouse.admin.logs.LogQuery.Beginning;
import io.gatehouse.admin.logs.LogQuery.Between;
import io.gatehouse.admin.logs.LogQuery.Clause;
import io.gatehouse.admin.logs.LogQuery.Condition;
import io.gatehouse.admin.logs.LogQuery.Exact;
import io.gatehouse.admin.logs.LogQuery.Like;
import io.gatehouse.admin.logs.LogQuery.Phrase;
import io.gatehouse.model.wire.ApiError;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/** A query in the index's own terms; the account is always part of it. */
final class LogClauses {

  private LogClauses() {}

  static Query of(String account, LogQuery query) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    all.add(new TermQuery(new Term(LogDocument.ACCOUNT, account)), Occur.FILTER);
    Map<LogField, BooleanQuery.Builder> either = new EnumMap<>(LogField.class);
    for (Clause clause : query.clauses()) {
      Query one = condition(clause);
      Optional<LogField> alternative =
          clause.excluded() ? Optional.empty() : alternative(clause.condition());
      if (alternative.isPresent()) {
        either
            .computeIfAbsent(alternative.get(), field -> new BooleanQuery.Builder())
            .add(one, Occur.SHOULD);
      } else {
        all.add(one, clause.excluded() ? Occur.MUST_NOT : Occur.FILTER);
      }
    }
    either.values().forEach(some -> all.add(some.build(), Occur.FILTER));
    return all.build();
  }

  /** The field of which one value suffices. */
  private static Optional<LogField> alternative(Condition condition) {
    return switch (condition) {
      case Exact exact -> Optional.of(exact.field());
      case Like like -> Optional.of(like.field());
      case Between between when between.field() == LogField.STATUS -> Optional.of(LogField.STATUS);
      case Between between -> Optional.empty();
      case Phrase phrase -> Optional.empty();
      case Beginning beginning -> Optional.empty();
    };
  }

  private static Query condition(Clause clause) {
    return switch (clause.condition()) {
      case Exact exact -> new TermQuery(new Term(exact.field().word(), exact.value()));
      case Like like -> like(clause.written(), like);
      case Between between ->
          LongField.newRangeQuery(between.field().word(), between.least(), between.most());
      case Phrase phrase ->
          new PhraseQuery(LogDocument.TEXT, phrase.words().toArray(String[]::new));
      case Beginning beginning -> new PrefixQuery(new Term(LogDocument.TEXT, beginning.word()));
    };
  }

  private static Query like(String written, Like like) {
    String pattern = like.pattern().replace("\\", "\\\\").replace("?", "\\?");
    try {
      return new WildcardQuery(new Term(like.field().word(), pattern));
    } catch (TooComplexToDeterminizeException e) {
      throw ApiError.badRequest(
          "'" + written + "' is not understood: it has too many stars for so long a text");
    }
  }
}
