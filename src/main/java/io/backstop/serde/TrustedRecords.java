package io.backstop.serde;

import static org.apache.avro.util.ClassSecurityValidator.composite;
import static org.apache.avro.util.ClassSecurityValidator.getGlobal;
import static org.apache.avro.util.ClassSecurityValidator.setGlobal;

import io.backstop.action.ActionRequest;
import org.apache.avro.SystemLimitException;

/**
 * What Avro may do with bytes from outside, set in one place. Avro loads no class that it was not
 * told to trust, and by default lets a record of a few bytes claim collections of any size.
 */
public final class TrustedRecords {
  private static final String PACKAGE = ActionRequest.class.getPackageName();
  private static final String MAX_EMPTY_ITEMS = "100000";

  private TrustedRecords() {}

  /**
   * Trusts our generated records, for the whole process. To be called before the first record is
   * read or built; everything in this package does so by itself. May be called again.
   */
  public static void trust() {
    if (System.getProperty(SystemLimitException.MAX_COLLECTION_ALLOCATION_PROPERTY) == null) {
      System.setProperty(SystemLimitException.MAX_COLLECTION_ALLOCATION_PROPERTY, MAX_EMPTY_ITEMS);
    }
    if (!getGlobal().isTrusted(ActionRequest.class)) {
      setGlobal(composite(getGlobal(), type -> PACKAGE.equals(type.getPackageName())));
    }
  }
}
