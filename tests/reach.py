"""Tests that reach beyond their own memory and temporary files: what for, by module, and one test of each that cannot do without."""

from __future__ import annotations

_SERVES = "asks a server that it starts on this machine"
_STARTS = "starts other programs"
_BROWSER = "runs the scripts of pages"

NEEDED: dict[str, tuple[str, str]] = {
    "test_attempts": ("lays a socket among a program's files", "test_an_attempt_is_refused_and_its_twin_is_not[A14 an earner's file is a socket]"),
    "test_audit": (_SERVES, "test_each_defect_is_reported[index.html]"),
    "test_bake_in_a_page": (_BROWSER, "test_another_picture_than_the_one_that_was_signed_for_is_refused[nothing]"),
    "test_bench": (_STARTS, "test_signing_is_measured_beside_a_peer_and_each_other_peer_has_its_line"),
    "test_certificate": (_BROWSER, "test_a_sheet_prints_on_one_side[short-A4]"),
    "test_cli": (_STARTS, "test_the_same_program_gives_the_same_bytes_everywhere"),
    "test_cluster": (_STARTS, "test_a_build_on_a_cluster_loses_nothing_with_a_worker"),
    "test_commit_messages": (_STARTS, "test_a_name_in_a_commit_message_is_no_approval"),
    "test_confirm": (_SERVES, "test_a_site_that_answers_as_it_was_built_is_confirmed[https://riverbend.example/badges/]"),
    "test_crash": (_STARTS, "test_j1_j2_j3_a_sample_of_points_leaves_the_old_or_the_new_and_the_next_run_ends_well"),
    "test_demo": (_STARTS, "test_fourteen_awards_have_their_machine_files"),
    "test_fuzz": (_STARTS, "test_no_reader_is_left_out"),
    "test_guard": ("tries the guard itself", "test_this_machine_may_be_asked"),
    "test_hands": (_STARTS, "test_what_ends_a_build_ends_all_its_processes[2-130]"),
    "test_init": (_STARTS, "test_j6_what_a_killed_run_leaves_is_never_committed[.blazon-unfinished]"),
    "test_keys": (_STARTS, "test_g5_a_key_file_that_asks_for_more_memory_than_there_is_says_so"),
    "test_limits": (_SERVES, "test_what_is_just_at_a_limit_is_taken_and_what_is_just_beyond_is_not[document from the network]"),
    "test_measure": (_STARTS, "test_a_refusal_that_costs_little_is_right_and_one_that_costs_more_is_named"),
    "test_memory": (_STARTS, "test_memory_holds_little_of_each_award"),
    "test_mutate": (_STARTS, "test_a_weak_test_lets_mistakes_live_and_the_routine_fails"),
    "test_on_demand": (_BROWSER, "test_every_page_bakes_the_pictures_that_a_build_would_publish"),
    "test_online": (_SERVES, "test_a_document_at_a_public_address_is_read"),
    "test_package": (_STARTS, "test_the_wheel_holds_the_package_its_theme_and_its_template_and_nothing_else"),
    "test_pages_hold": (_STARTS, "test_every_page_of_the_demo_keeps_the_laws[en]"),
    "test_preview": (_SERVES, "test_a_site_answers_under_the_path_of_its_address"),
    "test_readers": (_STARTS, "test_a_reader_of_the_long_run_gets_ten_thousand_inputs"),
    "test_reviewing": (_STARTS, "test_a_signed_review_holds"),
    "test_sealed": (_BROWSER, "test_the_script_opens_what_was_sealed"),
    "test_signer": (_STARTS, "test_the_process_signs_and_adds_to_what_is_there"),
    "test_signer_alone": (_STARTS, "test_pynacl_alone_is_there"),
    "test_sshsig": (_STARTS, "test_what_ssh_keygen_signs_is_read"),
    "test_startup": (_STARTS, "test_help_imports_nothing_but_the_commands"),
    "test_swap": (_STARTS, "test_a_target_or_parent_that_may_not_be_written_stays[]"),
    "test_tutorials": (_STARTS, "test_somebody_who_follows_both_tutorials_gets_what_they_promise"),
    "test_verify_command": (_STARTS, "test_h34_without_online_no_socket_is_opened"),
    "test_workflow_runner": (_STARTS, "test_steps_see_what_the_file_gives_them_and_nothing_else"),
    "test_workflows": (_STARTS, "test_zizmor_finds_nothing_in_ours"),
}  # fmt: skip
