"""One case over fifteen years, told month by month for a caseworker to check by hand (`fifteen_years.txt`)."""
