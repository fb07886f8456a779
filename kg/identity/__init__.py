"""Who is whom, in a cable and across all of them: values, rules, ledger and judgements."""
