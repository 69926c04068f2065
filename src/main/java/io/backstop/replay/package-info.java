/**
 * Operations: long work on dead letters, of which replays are one kind.
 *
 * <p>{@link io.backstop.replay.Operation} is the state machine. {@code ReplayCoordinator} drives it
 * in the one task that decides for the fleet: it takes the commands, has the desks find the
 * letters, and releases them at a pace that live traffic bears.
 */
package io.backstop.replay;
